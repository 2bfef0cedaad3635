#version 330 core
// The view, shared by every program. Pixels are device pixels, y down from the top left corner.
uniform vec2 u_centre;     // middle of the view, metres from the local origin
uniform float u_px_per_m;  // device pixels a metre
uniform vec2 u_size;       // of the view, device pixels
uniform float u_scale;     // device pixels a logical pixel
