// A text rasterised once, halo and angle included; it snaps to whole device pixels.
layout(location = 0) in vec4 a_at;    // position; offset of the pivot, logical px
layout(location = 1) in vec4 a_box;   // image in device px relative to the pivot: x, y, width, height
layout(location = 2) in vec4 a_uv;    // of the image in the atlas, texels: x, y; screen; unused
uniform vec2 u_atlas;                 // size, texels
out vec2 v_uv;
void main() {
  vec2 corner = vec2((gl_VertexID & 1) == 0 ? 0.0 : 1.0, (gl_VertexID & 2) == 0 ? 0.0 : 1.0);
  vec2 at = place_px(a_at.xy, a_uv.z) + a_at.zw * u_scale;
  vec2 d = a_box.xy + corner * a_box.zw;
  at = floor(at + a_box.xy + 0.5) - a_box.xy;
  v_uv = (a_uv.xy + corner * a_box.zw) / u_atlas;
  gl_Position = clip(at + d);
}
