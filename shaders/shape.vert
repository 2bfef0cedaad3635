// Circles and rounded boxes at a map point plus an offset, or on the screen.
layout(location = 0) in vec4 a_at;    // position; offset of the middle, logical px
layout(location = 1) in vec4 a_size;  // half width, half height, corner radius, stroke, logical px
layout(location = 2) in vec4 a_fill;
layout(location = 3) in vec4 a_stroke;
layout(location = 4) in vec4 a_hatch;  // spacing, width, logical px; screen; unused
layout(location = 5) in vec4 a_hatch_colour;
out vec2 v_offset;
out vec2 v_px;
flat out vec4 v_size;
flat out vec4 v_fill;
flat out vec4 v_stroke;
flat out vec4 v_hatch;
flat out vec4 v_hatch_colour;
void main() {
  v_size = a_size * u_scale;
  vec2 middle = place_px(a_at.xy, a_hatch.z) + a_at.zw * u_scale;
  vec2 reach = v_size.xy + v_size.w * 0.5 + 1.0;
  v_offset = reach * vec2((gl_VertexID & 1) == 0 ? -1.0 : 1.0, (gl_VertexID & 2) == 0 ? -1.0 : 1.0);
  v_px = middle + v_offset;
  v_fill = a_fill;
  v_stroke = a_stroke;
  v_hatch = vec4(a_hatch.xy * u_scale, a_hatch.zw);
  v_hatch_colour = a_hatch_colour;
  gl_Position = clip(v_px);
}
