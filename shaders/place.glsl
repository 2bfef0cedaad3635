vec2 map_to_px(vec2 p) {
  vec2 d = (p - u_centre) * u_px_per_m;
  return u_size * 0.5 + vec2(d.x, -d.y);
}
// screen = 1: `p` is in logical pixels already (furniture of the map).
vec2 place_px(vec2 p, float screen) { return screen > 0.5 ? p * u_scale : map_to_px(p); }
vec4 clip(vec2 px) { return vec4(px.x / u_size.x * 2.0 - 1.0, 1.0 - px.y / u_size.y * 2.0, 0.0, 1.0); }
// Which corner of its quad a vertex of two triangles is: 0 1 2, 2 1 3.
int quad_corner() {
  int k = gl_VertexID % 6;
  return k < 3 ? k : k == 3 ? 2 : k == 4 ? 1 : 3;
}
