-- Over only because nothing was heard of it any more; the length of such a call is not known.
alter table telephony.call add column end_untold boolean not null default false;
