import type { VideoEncoder } from '../../domain/videoEncoder.ts';

/** What each encoder is asked for, at about the quality of x264's crf 20; all of them the High profile. */
const OPTIONS: Readonly<Record<VideoEncoder, readonly string[]>> = {
  libx264: ['-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'],
  h264_videotoolbox: ['-q:v', '65', '-pix_fmt', 'yuv420p'],
  h264_nvenc: ['-rc', 'vbr', '-cq', '21', '-b:v', '0', '-pix_fmt', 'yuv420p'],
  h264_qsv: ['-global_quality', '21', '-pix_fmt', 'nv12'],
  h264_amf: ['-rc', 'cqp', '-qp_i', '20', '-qp_p', '22', '-pix_fmt', 'yuv420p'],
};

export const encoderOptions = (encoder: VideoEncoder): string[] => [
  ...['-c:v', encoder, '-profile:v', 'high'],
  ...OPTIONS[encoder],
];
