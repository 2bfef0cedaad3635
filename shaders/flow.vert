// A tapered strip along a quadratic curve: wide and faint at home, narrow and dense at school.
layout(location = 0) in vec4 a_ends;     // from, to, metres
layout(location = 1) in vec4 a_control;  // control point, metres; widths at from and to, logical px
layout(location = 2) in vec4 a_colour_from;
layout(location = 3) in vec4 a_colour_to;
layout(location = 4) in float a_dashed;
uniform float u_pieces;
out vec4 v_colour;
out float v_across;  // device pixels from the middle
out float v_half;
out float v_along;
flat out float v_dashed;
vec2 curve(vec2 a, vec2 c, vec2 b, float t) {
  return a * (1.0 - t) * (1.0 - t) + c * 2.0 * t * (1.0 - t) + b * t * t;
}
void main() {
  vec2 a = map_to_px(a_ends.xy), b = map_to_px(a_ends.zw), c = map_to_px(a_control.xy);
  int step = gl_VertexID / 2;
  float t = float(step) / u_pieces;
  vec2 tangent = (c - a) * (1.0 - t) + (b - c) * t;
  float l = length(tangent);
  vec2 across = l < 1e-4 ? vec2(0.0, 1.0) : vec2(-tangent.y, tangent.x) / l;
  v_half = max(mix(a_control.z, a_control.w, t) * u_scale * 0.5, 0.35);
  v_across = (v_half + 1.0) * ((gl_VertexID & 1) == 0 ? -1.0 : 1.0);
  vec2 at = curve(a, c, b, t), chord = b - a;
  float fade = clamp(dot(at - a, chord) / max(dot(chord, chord), 1e-6), 0.0, 1.0);
  v_colour = mix(a_colour_from, a_colour_to, fade);  // straight from home to school, as in print
  v_along = 0.0;
  vec2 last = a;
  for (int i = 1; i <= step; ++i) {
    vec2 next = curve(a, c, b, float(i) / u_pieces);
    v_along += distance(last, next);
    last = next;
  }
  v_dashed = a_dashed;
  gl_Position = clip(at + across * v_across);
}
