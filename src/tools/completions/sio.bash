# SPDX-License-Identifier: LGPL-2.1-or-later
# bash completion for sio(1)

_sio ()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} word has_mode=
  local options='--help --version --namespace --auth --auth-file --header --query --path --transport --parser --ca-file --cert --key --insecure
    --timeout --no-reconnect --count --until-eof --pretty --trace'

  COMPREPLY=()
  case $previous in
    --auth-file | --ca-file | --cert | --key)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    --transport | -t)
      mapfile -t COMPREPLY < <(compgen -W 'polling websocket polling,websocket websocket,polling' -- "$current")
      return
      ;;
    --parser)
      mapfile -t COMPREPLY < <(compgen -W 'json msgpack' -- "$current")
      return
      ;;
    --namespace | -n | --auth | -a | --header | -H | --query | -q | --path | -p | --timeout | -T | --count | -c)
      return
      ;;
  esac

  case $current in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current"); return ;;
    @*) mapfile -t COMPREPLY < <(compgen -P @ -f -- "${current#@}"); return ;;
  esac

  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      listen | emit | call) has_mode=yes ;;
    esac
  done
  [ -n "$has_mode" ] || mapfile -t COMPREPLY < <(compgen -W 'listen emit call' -- "$current")
}

complete -F _sio sio
