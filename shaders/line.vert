// One quad a segment. The neighbours come along so that each pixel at a joint belongs to one
// segment only: see-through lines keep one tone. Points carry kind: 0 drawn, 1 gap, 2 neighbour only.
uniform float u_screen;
uniform float u_width;  // device pixels
uniform samplerBuffer u_points;  // x, y, way along (buffer units), kind
flat out vec4 v_ends;    // from, to, device pixels
flat out vec4 v_planes;  // normals of the joint planes at from and to; 0: none
flat out float v_along;  // way at `from`, device pixels
out vec2 v_px;
vec2 joint(vec2 before, vec2 at, vec2 after) {
  vec2 a = at - before, b = after - at;
  float la = length(a), lb = length(b);
  if (la < 1e-4 || lb < 1e-4) return vec2(0.0);
  vec2 n = a / la + b / lb;
  return dot(n, n) < 1e-6 ? vec2(0.0) : normalize(n);
}
void main() {
  int segment = gl_VertexID / 6;
  int corner = quad_corner();
  vec4 a_before = texelFetch(u_points, segment), a_from = texelFetch(u_points, segment + 1);
  vec4 a_to = texelFetch(u_points, segment + 2), a_after = texelFetch(u_points, segment + 3);
  if (a_from.w != 0.0 || a_to.w != 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec2 p = place_px(a_from.xy, u_screen), q = place_px(a_to.xy, u_screen);
  vec2 along = q - p;
  float l = length(along);
  along = l < 1e-4 ? vec2(1.0, 0.0) : along / l;
  vec2 across = vec2(-along.y, along.x);
  float reach = u_width * 0.5 + 1.0;
  v_px = ((corner & 1) == 0 ? p - along * reach : q + along * reach) +
         across * ((corner & 2) == 0 ? -reach : reach);
  v_ends = vec4(p, q);
  v_planes = vec4(a_before.w == 1.0 ? vec2(0.0) : joint(place_px(a_before.xy, u_screen), p, q),
                  a_after.w == 1.0 ? vec2(0.0) : joint(p, q, place_px(a_after.xy, u_screen)));
  v_along = a_from.z * (u_screen > 0.5 ? u_scale : u_px_per_m);
  gl_Position = clip(v_px);
}
