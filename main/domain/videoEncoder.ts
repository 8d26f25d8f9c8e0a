import { z } from 'zod';

/** x264 first: what all others are held against, and what is used where none of them proves itself. */
export const VIDEO_ENCODERS = ['libx264', 'h264_videotoolbox', 'h264_nvenc', 'h264_qsv', 'h264_amf'] as const;
export const VideoEncoder = z.enum(VIDEO_ENCODERS);
export type VideoEncoder = z.infer<typeof VideoEncoder>;
