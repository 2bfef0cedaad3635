uniform sampler2D u_texture;  // premultiplied
uniform float u_opacity;
in vec2 v_uv;
out vec4 f_colour;
void main() { f_colour = texture(u_texture, v_uv) * u_opacity; }
