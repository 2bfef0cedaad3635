#include "render/gl/offscreen.h"

#include <epoxy/egl.h>
#include <epoxy/gl.h>

#include "base/error.h"

namespace doorstep::render {

struct OffscreenContext::State {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  std::unique_ptr<Frame> frame;
};

OffscreenContext::OffscreenContext(int width, int height) : state_(std::make_unique<State>()) {
  const char* hint = "install Mesa's EGL (libegl1, libgl1-mesa-dri)";
  if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless")) {
    state_->display =
        eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  }
  if (state_->display == EGL_NO_DISPLAY || !eglInitialize(state_->display, nullptr, nullptr)) {
    throw Error("cannot draw without a display", "EGL", hint);
  }
  eglBindAPI(EGL_OPENGL_API);
  const EGLint wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, 0, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint found = 0;
  eglChooseConfig(state_->display, wanted, &config, 1, &found);
  const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION,
                            3,
                            EGL_CONTEXT_MINOR_VERSION,
                            3,
                            EGL_CONTEXT_OPENGL_PROFILE_MASK,
                            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                            EGL_NONE};
  state_->context =
      eglCreateContext(state_->display, found > 0 ? config : nullptr, EGL_NO_CONTEXT, version);
  if (state_->context == EGL_NO_CONTEXT ||
      !eglMakeCurrent(state_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, state_->context)) {
    throw Error("no OpenGL 3.3 without a display", "EGL", hint);
  }
  state_->frame = std::make_unique<Frame>();
  state_->frame->resize(width, height);
}

OffscreenContext::~OffscreenContext() {
  state_->frame.reset();
  eglMakeCurrent(state_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  eglDestroyContext(state_->display, state_->context);
  eglTerminate(state_->display);
}

void OffscreenContext::begin() { state_->frame->bind(); }

void OffscreenContext::finish() { glFinish(); }
const Frame& OffscreenContext::frame() const { return *state_->frame; }

Image OffscreenContext::read() { return state_->frame->read(); }

}  // namespace doorstep::render
