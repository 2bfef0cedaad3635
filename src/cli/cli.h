#pragma once
// The command line: one file a subcommand. Exit status 0 ok, 1 failure, 2 usage.

#include "session/window_request.h"

namespace doorstep::cli {

/// What opens the window. Returns the exit status.
using WindowOpener = int (*)(const WindowRequest&);

/// Runs the program. `open_window` is null where the window was not built in.
int run(int argc, char** argv, WindowOpener open_window);

}  // namespace doorstep::cli
