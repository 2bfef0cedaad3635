in vec2 v_offset;
in vec2 v_px;
flat in vec4 v_size;
flat in vec4 v_fill;
flat in vec4 v_stroke;
flat in vec4 v_hatch;
flat in vec4 v_hatch_colour;
out vec4 f_colour;
void main() {
  vec2 q = abs(v_offset) - v_size.xy + v_size.z;
  float d = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - v_size.z;
  vec4 fill = premultiplied(v_fill);
  if (v_hatch.x > 0.0)
    fill = over(premultiplied(v_hatch_colour) * hatch_cover(v_px, v_hatch.x, v_hatch.y, 0.0), fill);
  fill *= clamp(0.5 - d, 0.0, 1.0);
  float ring = clamp(v_size.w * 0.5 + 0.5 - abs(d), 0.0, 1.0) * min(1.0, v_size.w);
  f_colour = over(premultiplied(v_stroke) * ring, fill);
}
