// Winding pass: fans of every ring go to the stencil; colour is written by cover.
uniform float u_screen;
layout(location = 0) in vec2 a_at;
void main() { gl_Position = clip(place_px(a_at, u_screen)); }
