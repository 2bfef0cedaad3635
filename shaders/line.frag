uniform vec4 u_colour;
uniform float u_width;
uniform int u_dashes;      // entries of u_dash; 0: solid
uniform float u_dash[8];   // on, off, … device pixels
uniform float u_butt;      // 1: ends cut straight
flat in vec4 v_ends;
flat in vec4 v_planes;
flat in float v_along;
in vec2 v_px;
out vec4 f_colour;
// Signed way into the nearest dash, positive inside it.
float into_dash(float s) {
  float total = 0.0;
  for (int i = 0; i < u_dashes; ++i) total += u_dash[i];
  float t = mod(s, total), start = 0.0, best = -1e9;
  for (int i = 0; i < u_dashes; i += 2) {
    float end = start + u_dash[i];
    best = max(best, min(t - start, end - t));
    best = max(best, min(t - total - start, end - t + total));
    best = max(best, min(t + total - start, end - t - total));
    start = end + u_dash[i + 1];
  }
  return best;
}
void main() {
  vec2 p = v_ends.xy, q = v_ends.zw;
  if (dot(v_planes.xy, v_px - p) < 0.0 || dot(v_planes.zw, v_px - q) >= 0.0 && v_planes.zw != vec2(0.0))
    discard;
  vec2 d = q - p;
  float l2 = max(dot(d, d), 1e-8);
  float raw = dot(v_px - p, d) / l2;
  float off = length(v_px - p - d * clamp(raw, 0.0, 1.0));
  float cover = clamp(u_width * 0.5 + 0.5 - off, 0.0, 1.0);
  if (u_width > 0.0) cover *= min(1.0, u_width);
  float l = sqrt(l2);
  if (u_butt > 0.5) {
    if (v_planes.xy == vec2(0.0)) cover *= clamp(raw * l + 0.5, 0.0, 1.0);
    if (v_planes.zw == vec2(0.0)) cover *= clamp((1.0 - raw) * l + 0.5, 0.0, 1.0);
  }
  if (u_dashes > 0) {
    float into = into_dash(v_along + clamp(raw, 0.0, 1.0) * l);
    if (u_butt > 0.5) cover *= clamp(into + 0.5, 0.0, 1.0);
    else cover = clamp(u_width * 0.5 + 0.5 - length(vec2(min(into, 0.0), off)), 0.0, 1.0);
  }
  if (cover <= 0.0) discard;
  f_colour = premultiplied(u_colour) * cover;
}
