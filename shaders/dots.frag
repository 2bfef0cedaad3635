uniform vec4 u_colour;
uniform float u_radius;
in vec2 v_offset;
out vec4 f_colour;
void main() {
  f_colour = premultiplied(u_colour) * clamp(u_radius + 0.5 - length(v_offset), 0.0, 1.0);
}
