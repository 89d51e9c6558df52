#!/usr/bin/env bash
# Makes the sample stream again, from nothing but ffmpeg's own sources: media/ beside this script.
# 40 s at 25 frames/s, 2 s CMAF segments, three video rungs and one audio rendition, listed for HLS
# and for DASH, and the same picture as one plain MP4. Every frame carries its number as a barcode,
# every second a beep. `generate.sh manifest` writes the DASH manifest alone, from the HLS ones.
#
# The barcode is a strip along the bottom, one tenth of the height, of 20 equal cells:
# white, black, 16 bits of the frame number (most significant first, white is 1), parity of those
# bits (white when odd), black.
set -euo pipefail
cd "$(dirname "$0")"
font=${FONT:-$(fc-match --format='%{file}' 'DejaVu Sans:bold')}
seconds=40 rate=25 width=960 height=540 strip=54
out=media/vod

# The segments that HLS lists, as DASH counts them: number n holds n × 2 s and on. The HLS master
# tells a rung's codecs and, less the sound's share, its peak bitrate.
write_manifest() {
  local sound_peak=52800
  rung() { # height, number of the initialisation segment
    local line codecs peak size
    line=$(grep "RESOLUTION=[0-9]*x$1," "$out/master.m3u8")
    codecs=$(sed 's/.*CODECS="\([^,]*\),.*/\1/' <<<"$line")
    peak=$(sed 's/.*BANDWIDTH=\([0-9]*\),.*/\1/' <<<"$line")
    size=$(sed 's/.*RESOLUTION=\([0-9]*\)x.*/\1/' <<<"$line")
    echo "      <Representation id=\"$1\" codecs=\"$codecs\" bandwidth=\"$((peak - sound_peak))\" width=\"$size\" height=\"$1\">
        <SegmentTemplate initialization=\"$1/init_$2.mp4\"/>
      </Representation>"
  }
  cat >"$out/manifest.mpd" <<MPD
<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" mediaPresentationDuration="PT${seconds}S" minBufferTime="PT2S">
  <Period id="0" start="PT0S">
    <AdaptationSet id="1" contentType="video" mimeType="video/mp4" frameRate="$rate" segmentAlignment="true" startWithSAP="1" par="16:9">
      <SegmentTemplate media="\$RepresentationID\$/\$Number%03d\$.m4s" startNumber="0" duration="2"/>
$(rung 240 0)
$(rung 360 1)
$(rung 540 2)
    </AdaptationSet>
    <AdaptationSet id="2" contentType="audio" mimeType="audio/mp4" lang="und" segmentAlignment="true" startWithSAP="1">
      <SegmentTemplate media="\$RepresentationID\$/\$Number%03d\$.m4s" startNumber="0" duration="2"/>
      <Representation id="sound" codecs="mp4a.40.2" bandwidth="$sound_peak" audioSamplingRate="48000">
        <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="1"/>
        <SegmentTemplate initialization="sound/init_3.mp4"/>
      </Representation>
    </AdaptationSet>
  </Period>
</MPD>
MPD
}
if [ "${1:-}" = manifest ]; then
  write_manifest
  exit
fi
rm -rf media && mkdir -p "$out"

cell="floor(X*20/W)"
bit="mod(floor(N/pow(2\,17-$cell))\,2)"
ones=$(for b in $(seq 0 15); do printf 'mod(floor(N/%d)\\,2)+' $((1 << b)); done)0
luma="if(eq($cell\,0)\,235\,if(eq($cell\,1)+eq($cell\,19)\,16\,if(eq($cell\,18)\,16+219*mod($ones\,2)\,16+219*$bit)))"

picture="gradients=s=${width}x$((height - strip)):r=$rate:d=$seconds:speed=0.012:seed=7:nb_colors=4:c0=0x10244a:c1=0x1b6f8f:c2=0xe8734a:c3=0x3a1d5c"
text="drawtext=fontfile=$font:fontcolor=white@0.95:shadowcolor=black@0.4:shadowx=2:shadowy=2"
title="$text:text='Retour':fontsize=96:x=(w-tw)/2:y=h*0.26"
line="$text:text='the return feed of streaming':fontsize=30:x=(w-tw)/2:y=h*0.48"
clock="$text:text='%{pts\\:hms} · frame %{n}':fontsize=30:x=(w-tw)/2:y=h*0.66"
sweep="drawbox=x=0:y=ih-8:w=iw:h=8:color=black@0.35:t=fill"
bar="color=c=black:s=${width}x$strip:r=$rate:d=$seconds,format=gray,geq=lum='$luma'"
sound="aevalsrc='0.35*sin(2*PI*880*t)*lt(mod(t\,1)\,0.08)':s=48000:d=39.97" # Less the encoder's priming, so that sound has 20 segments too.

# One lossless master, so that all rungs show the same frames.
master=$(mktemp --suffix=.mkv)
trap 'rm -f "$master"' EXIT
ffmpeg -v error -y -f lavfi -i "$picture" -f lavfi -i "$bar" -f lavfi -i "$sound" \
  -filter_complex "[0:v]format=yuv420p,$title,$line,$clock,$sweep[p];[1:v]format=yuv420p[b];[p][b]vstack,setsar=1[v]" \
  -map '[v]' -map 2:a -c:v libx264 -preset ultrafast -qp 0 -c:a pcm_s16le "$master"

x264=(-c:v libx264 -preset veryslow -profile:v main -pix_fmt yuv420p -bf 0 -g 50 -keyint_min 50 -sc_threshold 0 -fflags +bitexact -flags:v +bitexact)
ffmpeg -v error -y -i "$master" \
  -filter_complex "[0:v]split=3[a][b][c];[a]scale=426:240:flags=area[v0];[b]scale=640:360:flags=area[v1];[c]null[v2]" \
  -map '[v0]' -map '[v1]' -map '[v2]' -map 0:a "${x264[@]}" \
  -b:v:0 110k -maxrate:v:0 140k -bufsize:v:0 200k \
  -b:v:1 220k -maxrate:v:1 280k -bufsize:v:1 400k \
  -b:v:2 420k -maxrate:v:2 540k -bufsize:v:2 800k \
  -c:a aac -b:a 48k -ac 1 \
  -f hls -hls_time 2 -hls_playlist_type vod -hls_segment_type fmp4 -hls_flags independent_segments \
  -var_stream_map 'v:0,agroup:sound,name:240 v:1,agroup:sound,name:360 v:2,agroup:sound,name:540 a:0,agroup:sound,name:sound,default:yes' \
  -master_pl_name master.m3u8 -hls_fmp4_init_filename init.mp4 \
  -hls_segment_filename "$out/%v/%03d.m4s" "$out/%v/index.m3u8"

sed -i -e 's/NAME="audio_3"/NAME="Sound"/' -e 's/\(RESOLUTION=[0-9x]*\)/\1,FRAME-RATE=25.000/' "$out/master.m3u8"
write_manifest

ffmpeg -v error -y -i "$master" -vf scale=640:360:flags=area "${x264[@]}" -b:v 220k -maxrate 280k -bufsize 400k \
  -c:a aac -b:a 48k -ac 1 -movflags +faststart "$out/plain.mp4"

du -sh "$out"
