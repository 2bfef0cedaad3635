uniform sampler2D u_texture;
in vec2 v_uv;
out vec4 f_colour;
void main() { f_colour = texture(u_texture, v_uv); }
