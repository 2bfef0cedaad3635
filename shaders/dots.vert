uniform samplerBuffer u_points;
uniform float u_radius;  // device pixels
out vec2 v_offset;
void main() {
  int corner = quad_corner();
  v_offset =
      (u_radius + 1.0) * vec2((corner & 1) == 0 ? -1.0 : 1.0, (corner & 2) == 0 ? -1.0 : 1.0);
  gl_Position = clip(map_to_px(texelFetch(u_points, gl_VertexID / 6).xy) + v_offset);
}
