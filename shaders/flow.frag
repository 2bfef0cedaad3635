in vec4 v_colour;
in float v_across;
in float v_half;
in float v_along;
flat in float v_dashed;
out vec4 f_colour;
void main() {
  float cover = clamp(v_half + 0.5 - abs(v_across), 0.0, 1.0) * min(1.0, v_half * 2.0);
  if (v_dashed > 0.5) {  // 5 on, 4 off
    float t = mod(v_along, 9.0 * u_scale);
    cover *= clamp(min(t, 5.0 * u_scale - t) + 0.5, 0.0, 1.0);
  }
  f_colour = premultiplied(v_colour) * cover;
}
