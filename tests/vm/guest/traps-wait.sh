# Between a front end that is asked to stop and the engine that hears of it. The front end's process
# id is in /run/front-end, what it prints as errors in /run/front-end-errors.

stop_front_end() {
    kill -TERM "$(cat /run/front-end)"
}

wait_for_stopping() {
    timeout 300 tail --lines=+1 --follow /run/front-end-errors 2>/dev/null |
        grep -q --max-count=1 '^nevado: stopping'
}

# wait_for_step LINE NUMBER: until the journal has the beginning of that step, or of a later one,
# after its first LINE lines.
wait_for_step() {
    later=$(seq "$2" 99 | paste -s -d '|')
    timeout 300 tail --lines=+"$(($1 + 1))" --follow=name --retry /run/nevado/journal.jsonl 2>/dev/null |
        grep -q -E --max-count=1 "\"step_started\",\"step\":($later),"
}
