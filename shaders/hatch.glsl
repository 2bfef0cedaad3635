// Lines at 45°, rising to the right; `phase` ties them to the map so that panning never moves them.
float hatch_cover(vec2 px, float spacing, float width, float phase) {
  float across = (px.x + px.y) * 0.70710678 - phase;
  float d = abs(fract(across / spacing + 0.5) - 0.5) * spacing;
  return clamp(width * 0.5 + 0.5 - d, 0.0, min(1.0, width));
}
vec4 over(vec4 top, vec4 below) { return top + below * (1.0 - top.a); }  // premultiplied
vec4 premultiplied(vec4 c) { return vec4(c.rgb * c.a, c.a); }
