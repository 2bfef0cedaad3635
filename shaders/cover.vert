// Boxes over the shapes, two pixels larger, so that the fringe of the edge is wiped as well.
uniform float u_screen;
layout(location = 0) in vec4 a_box;  // min x, min y, max x, max y as in the buffers
out vec2 v_px;
void main() {
  vec2 a = place_px(a_box.xy, u_screen), b = place_px(a_box.zw, u_screen);
  vec2 lo = min(a, b) - 2.0, hi = max(a, b) + 2.0;
  v_px = vec2((gl_VertexID & 1) == 0 ? lo.x : hi.x, (gl_VertexID & 2) == 0 ? lo.y : hi.y);
  gl_Position = clip(v_px);
}
