-- Keeps a message as it is sent.
insert into outbox_content (message_id, told, content) values (@message_id, @told, @content)
