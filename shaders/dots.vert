layout(location = 0) in vec2 a_at;
uniform float u_radius;  // device pixels
out vec2 v_offset;
void main() {
  v_offset = (u_radius + 1.0) *
             vec2((gl_VertexID & 1) == 0 ? -1.0 : 1.0, (gl_VertexID & 2) == 0 ? -1.0 : 1.0);
  gl_Position = clip(map_to_px(a_at) + v_offset);
}
