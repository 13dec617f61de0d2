-- A message as it is sent.
select told, content from outbox_content where message_id = @message_id
