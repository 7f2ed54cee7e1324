alter table chat.chat
    -- who talks in a place of his own and has no page here: whose place it is and who he is there, as source:address
    add column visitor text,
    -- when the inbox had the call-back of a chat that nobody came to
    add column called_back_at timestamptz;
update chat.chat set called_back_at = ended_at where state in ('LEFT', 'MESSAGE');
create unique index chat_visitor on chat.chat (visitor) where visitor is not null and state in ('WAITING', 'TALKING');
create index chat_call_back on chat.chat (ended_at, id)
    where state in ('LEFT', 'MESSAGE') and called_back_at is null and (customer_phone is not null or visitor is not null);

-- A line may be a file; its text is then the file's name.
alter table chat.line
    add column file_sha256 text,
    add column file_type text,
    add column file_size bigint,
    add constraint line_file check ((file_sha256 is null) = (file_type is null) and (file_sha256 is null) = (file_size is null));
