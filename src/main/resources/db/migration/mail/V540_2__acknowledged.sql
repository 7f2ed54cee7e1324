-- Beside what went wrong, that the customer was told the number: the clock of that ends when the mail has left.
alter table mail.report drop constraint report_kind_check;
alter table mail.report add constraint report_kind_check check (kind in ('BOUNCED', 'NOT_SENT', 'ACKNOWLEDGED'));
