-- What is said for others: the message knows the mail by its id.
alter table mail.outgoing drop constraint outgoing_kind_check;
alter table mail.outgoing add constraint outgoing_kind_check check (kind in ('ACKNOWLEDGEMENT', 'REPLY', 'MESSAGE'));
