uniform vec4 u_colour;
uniform vec4 u_hatch_colour;
uniform vec3 u_hatch;  // spacing, width, phase, device pixels; spacing 0: none
in vec2 v_px;
out vec4 f_colour;
void main() {
  f_colour = premultiplied(u_colour);
  if (u_hatch.x > 0.0) {
    vec4 ink = premultiplied(u_hatch_colour) * hatch_cover(v_px, u_hatch.x, u_hatch.y, u_hatch.z);
    f_colour = over(ink, f_colour);
  }
}
