#compdef sio
# SPDX-License-Identifier: LGPL-2.1-or-later
# zsh completion for sio(1)

_arguments \
  '(-h --help)'{-h,--help}'[show the options]' \
  '--version[print the version]' \
  '*'{-n,--namespace=}'[join this namespace]:namespace:' \
  '(--auth-file)'{-a,--auth=}'[the credentials]:JSON:' \
  '(-a --auth)--auth-file=[read the credentials from a file]:file:_files' \
  '*'{-H,--header=}'[send this header]:header:' \
  '*'{-q,--query=}'[add this to the address]:name=value:' \
  {-p,--path=}'[where the server answers]:path:' \
  {-t,--transport=}'[the transports]:transports:(polling websocket polling,websocket)' \
  '--parser=[the form of packets]:parser:(json msgpack)' \
  '--ca-file=[trust the certificates in this file]:file:_files' \
  '--cert=[show this certificate]:file:_files' \
  '--key=[the key of that certificate]:file:_files' \
  {-k,--insecure}'[accept any certificate]' \
  {-T,--timeout=}'[how long to wait]:seconds:' \
  '--no-reconnect[end when the connection does]' \
  {-c,--count=}'[end after this many events]:number:' \
  '--until-eof[end with standard input]' \
  '--pretty[print for people]' \
  '--trace[show the wire]' \
  '1:mode:(listen emit call)' \
  '2:address:_urls' \
  '3:event:' \
  '*:argument:_files -P @'
