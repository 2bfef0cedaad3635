// Parsed with the headers that cmake/layers.cmake lists, once for all layers; holds nothing itself.
