-- Takes away messages that nobody waits for any more.
delete from outbox_content
where not exists (select 1 from outbox o where o.message_id = outbox_content.message_id and o.state in ('waiting', 'sending'))
