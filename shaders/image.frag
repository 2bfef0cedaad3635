uniform sampler2D u_texture;
uniform float u_opacity;
in vec2 v_uv;
out vec4 f_colour;
void main() {
  vec4 c = texture(u_texture, v_uv);
  float a = c.a * u_opacity;
  f_colour = vec4(c.rgb * a, a);
}
