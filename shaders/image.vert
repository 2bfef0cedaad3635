// A picture over a box of the map.
uniform vec4 u_box;  // min x, min y, max x, max y as in the buffers
out vec2 v_uv;
void main() {
  v_uv = vec2((gl_VertexID & 1) == 0 ? 0.0 : 1.0, (gl_VertexID & 2) == 0 ? 0.0 : 1.0);
  // The first row of the picture is its north.
  gl_Position = clip(place_px(vec2(mix(u_box.x, u_box.z, v_uv.x), mix(u_box.w, u_box.y, v_uv.y)), 0.0));
}
