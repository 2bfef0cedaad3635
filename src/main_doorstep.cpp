// The program: hands the command line to `cli`; the window is one of its commands.
#include "cli/cli.h"
#ifdef DOORSTEP_DESKTOP
#include "desktop/desktop.h"
#endif

int main(int argc, char** argv) {
#ifdef DOORSTEP_DESKTOP
  return doorstep::cli::run(argc, argv, &doorstep::desktop::open_window);
#else
  return doorstep::cli::run(argc, argv, nullptr);
#endif
}
