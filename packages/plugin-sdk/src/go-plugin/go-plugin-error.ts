/**
 * What went wrong between a plugin process and its host: `no-host` the plugin was not started by one; `handshake` the
 * first line was missing or foreign; `start-timeout` it came too late; `exited` the process ended first; `not-startable`
 * it could not be run; `unsupported` the host asks for something this side lacks; `accept-timeout` a promised stream was
 * never dialed; `dial-refused` the other side did not take a stream; `stopped` the plugin is no longer running.
 */
export type GoPluginErrorCode =
  | "no-host"
  | "handshake"
  | "start-timeout"
  | "exited"
  | "not-startable"
  | "unsupported"
  | "accept-timeout"
  | "dial-refused"
  | "stopped";

/** The error of this boundary: a closed code for programs, a sentence for people. */
export class GoPluginError extends Error {
  override readonly name = "GoPluginError";
  readonly code: GoPluginErrorCode;

  constructor(code: GoPluginErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
