-- When a check was judged: what is not there by then may be late, or only not ready yet. Empty where an older program saved it.
alter table run_check add column judged_at text;
