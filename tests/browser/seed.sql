-- Five thousand decided tickets of a week, with what people and clocks made of them. Everything is made up.
-- Needs an empty database with tables; run by harness.mjs through psql.
select setseed(0.42);

create temporary table stories (place serial, intent text, product text, language text, sentiment text, priority text, team text, rule text,
                                subject text, body text, summary text, signals text[]);
insert into stories (intent, product, language, sentiment, priority, team, rule, subject, body, summary, signals) values
    ('orders/late', 'web-shop', 'en', 'negative', 'high', 'Orders', 'orders', 'Where is my parcel?',
     'I ordered twelve days ago and the tracking has not moved since Monday. I need it for a birthday on Saturday.',
     'A parcel is twelve days late; it is needed by Saturday.', '{deadline}'),
    ('billing/invoice-wrong', 'web-shop', 'de', 'neutral', 'normal', 'Billing', 'billing', 'Rechnung doppelt berechnet',
     'Guten Tag, auf der letzten Rechnung steht der Versand zweimal. Bitte schicken Sie mir eine richtige.',
     'Der Versand steht zweimal auf der Rechnung; gewünscht ist eine neue.', '{}'),
    ('account/login', 'mobile-app', 'en', 'neutral', 'normal', 'Technical', 'technical', 'The code never arrives',
     'Since the update I ask for a code and get none, neither by message nor by mail.',
     'No sign-in code arrives since the last update of the app.', '{}'),
    ('technical/outage', 'api', 'en', 'negative', 'urgent', 'Technical', 'technical', 'Every call answers 503',
     'All our calls have answered 503 since 09:40. Our shop stands still.',
     'The interface answers 503 to every call; the customer''s shop stands still.', '{outage,frustration}'),
    ('orders/return', 'web-shop', 'de', 'neutral', 'normal', 'Orders', 'orders', 'Schuhe passen nicht',
     'Die Schuhe sind eine Nummer zu klein. Wie schicke ich sie zurück, und wer zahlt das Porto?',
     'Rückgabe von Schuhen; gefragt wird nach dem Porto.', '{}'),
    ('billing/refund', 'web-shop', 'en', 'negative', 'high', 'Billing', 'billing', 'Still no refund after three weeks',
     'You wrote that the money would be back within five days. That was three weeks ago.',
     'A refund that was promised within five days is three weeks late.', '{frustration,repeat_contact}'),
    ('booking/change-or-cancel', 'hotel-room', 'de', 'neutral', 'normal', 'Reservations', 'reservations', 'Einen Tag später anreisen',
     'Wir möchten am Freitag statt am Donnerstag anreisen. Geht das ohne Aufpreis?',
     'Die Anreise soll einen Tag später sein.', '{}'),
    ('feedback/complaint', 'web-shop', 'en', 'negative', 'high', 'Customer Care', 'customer care', 'Third time that I write',
     'I have asked three times and nobody answers. Let me talk to a real person.',
     'The customer writes for the third time and asks for a person.', '{frustration,repeat_contact,wants_person}'),
    ('technical/how-to', 'web-app', 'en', 'neutral', 'low', 'Technical', 'technical', 'Export as a spreadsheet',
     'How do I get all of last year''s invoices into one spreadsheet?', 'How invoices of a year are exported.', '{}'),
    ('technical/error', 'desktop-app', 'de', 'negative', 'normal', 'Technical', 'technical', 'Fehler 1407 beim Speichern',
     'Beim Speichern kommt immer Fehler 1407, auch nach einem Neustart.', 'Beim Speichern kommt Fehler 1407.', '{}'),
    ('account/security', 'web-app', 'en', 'negative', 'urgent', 'Technical', 'security', 'A sign-in that was not me',
     'There was a sign-in from a city where I have never been. Please lock the account.',
     'A sign-in from elsewhere; the account shall be locked.', '{security}'),
    ('sales/question', 'licence', 'en', 'positive', 'low', 'Support', 'fallback', 'Discount for forty seats',
     'We would like to move forty people over. Is there a discount?', 'A question about the price of forty seats.', '{}'),
    ('orders/damaged-or-wrong', 'web-shop', 'de', 'negative', 'high', 'Orders', 'orders', 'Vase kam zerbrochen an',
     'Die Vase kam in Scherben an, ein Foto liegt bei. Ich hätte gern eine neue.', 'Eine Vase kam zerbrochen an; gewünscht ist Ersatz.', '{}'),
    ('unclear', 'unclear', 'en', 'neutral', 'normal', 'Support', 'fallback', 'As discussed',
     'See below. Please do the same as last time.', 'It does not become clear what is wanted.', '{}'),
    ('account/cancel', 'licence', 'de', 'negative', 'high', 'Customer Care', 'customer care', 'Kündigung',
     'Hiermit kündige ich zum Monatsende. Bitte bestätigen Sie das schriftlich.', 'Kündigung zum Monatsende, Bestätigung erbeten.', '{cancellation}'),
    ('feedback/praise', 'restaurant', 'de', 'positive', 'low', 'Customer Care', 'customer care', 'Danke für den schönen Abend',
     'Es war ein wunderbarer Abend, richten Sie der Küche bitte unsere Grüße aus.', 'Lob für einen Abend im Restaurant.', '{}');

-- Most write by day; every seventh part of them on each of the last seven days.
create temporary table seeded as
select row_number() over (order by at)::text as number, at, 1 + (random() ^ 1.4 * 15.99)::int % 16 as story, random() as lot
from (select at from (select date_trunc('day', now()) - n % 8 * interval '1 day' + (4 + 20 * (random() + random()) / 2) * interval '1 hour' as at
                      from generate_series(1, 7000) n) moments
      where at < now() limit 5000) past;
alter table seeded add primary key (number);

insert into tickets (helpdesk, number, wanted, done, outcome, reason, first_seen_at, changed_at)
select 'sandbox', number, 1, 1, 'written', null, at, at + interval '4 seconds' from seeded;

insert into triages (id, helpdesk, number, decided_at, stamp, content_hash, conversation, understanding, priority, route, draft, versions)
select gen_random_uuid(), 'sandbox', number, at + interval '3 seconds', 's', 'h',
       jsonb_build_object(
           'id', jsonb_build_object('helpdesk', 'sandbox', 'number', number), 'subject', subject, 'contentHash', 'h', 'channel', 'email',
           'language', jsonb_build_object('value', language, 'confidence', 0.98, 'reasons', '[]'::jsonb),
           'names', '[]'::jsonb, 'warnings', '[]'::jsonb, 'tags', '[]'::jsonb, 'createdAt', at, 'messages', jsonb_build_array(jsonb_build_object(
               'isFromCustomer', true, 'isPublic', true, 'text', body || E'\n\n[NAME_1]', 'at', at, 'attachments', '[]'::jsonb))),
       jsonb_build_object(
           'intent', jsonb_build_object('value', intent, 'confidence', case intent when 'unclear' then 0.2 + 0.2 * lot else 0.62 + 0.36 * lot end,
               'reasons', jsonb_build_array('The words are those of like tickets.')),
           'product', jsonb_build_object('value', product, 'confidence', 0.7, 'reasons', '[]'::jsonb),
           'sentiment', jsonb_build_object('value', sentiment, 'confidence', 0.8, 'reasons', '[]'::jsonb),
           'language', jsonb_build_object('value', language, 'confidence', 0.98, 'reasons', '[]'::jsonb),
           'summary', summary, 'missing', '[]'::jsonb, 'signals', to_jsonb(signals), 'provider', 'OpenAI', 'modelVersion', 'gpt-4.1-mini',
           'inputTokens', 700 + (300 * lot)::int, 'outputTokens', 90 + (40 * lot)::int),
       jsonb_build_object('value', priority, 'confidence', 1, 'reasons', jsonb_build_array('By the table of priorities.')),
       jsonb_build_object('group', team, 'rule', rule, 'reasons', jsonb_build_array('The rule ' || rule || ' decided.')),
       jsonb_build_object('text', '', 'language', language, 'citations', '[]'::jsonb, 'nextSteps', '[]'::jsonb),
       '{"product":"1.0","provider":"OpenAI","model":"gpt-4.1-mini","taxonomy":"1f0c9a52c1b7","priority":"77aa01be3c52","routing":"c03d5a10be91"}'
from seeded join stories on place = story;

insert into write_backs (triage_id, helpdesk, number, state, change, sent_at, ended_at)
select id, helpdesk, number, 'applied', jsonb_build_object('number', number, 'tags', jsonb_build_array('triage_done')),
       decided_at, decided_at + interval '1 second'
from triages;

-- One in twenty-five was corrected, and of the week before the blind sample was judged.
insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
select gen_random_uuid(), triage_id, helpdesk, number, 'intent', intent,
       case intent when 'unclear' then 'feedback/complaint' when 'orders/return' then 'orders/damaged-or-wrong' when 'billing/refund'
           then 'billing/invoice-wrong' when 'technical/error' then 'technical/how-to' else 'account/details' end,
       confidence, 'correction', (array['lea', 'jonas', 'mira'])[1 + number::int % 3], decided_at + interval '20 minutes'
from decision_lines where number::int % 25 = 0;
insert into judgements (id, triage_id, helpdesk, number, field, decided, said, confidence, how, by_whom, at)
select gen_random_uuid(), triage_id, helpdesk, number, 'intent', intent,
       case when hashtext(number) % 100 < confidence * 100 then intent else 'sales/question' end, confidence, 'blind', 'lea',
       decided_at - number::int % 5 * interval '7 days'
from decision_lines where number::int % 25 = 3;

insert into past_tickets (helpdesk, number, stamp, status, priority, tags, fields, language, subject, messages, created_at, first_reply_at,
                          solved_at, updated_at)
select 'sandbox', number, 's', 'solved', 'normal', '{}', '{}', 'en', '', '[]', at, at + (0.2 + lot * 5) * interval '1 hour',
       at + (1 + lot * 20) * interval '1 hour', at + interval '1 day'
from seeded where at < now() - interval '2 days';

-- What is at risk now, what is in hands, and what became of the rest.
insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, due_at, opened_at,
                         acknowledge_by, acknowledged_at, acknowledged_by, acknowledged_how, matrix_version, service_version)
select gen_random_uuid(), 'sandbox', seeded.number, 'c', cause, level, 'urgent', case level when 1 then 'functional' else 'hierarchical' end, state,
       people, array[reason], now() + due, now() - since, now() - since + interval '30 minutes',
       case state when 'acknowledged' then now() end, case state when 'acknowledged' then 'mira' end,
       case state when 'acknowledged' then 'link' end, 'm', 's'
from (values
    (4990, 'first_reply', 2, 'open', array['lead'], 'Three quarters of the target for a first reply are used up.', interval '26 minutes', interval '9 minutes'),
    (4968, 'wants_person', 1, 'open', array['Support'], 'The customer asks for a person.', null, interval '4 minutes'),
    (4951, 'legal', 2, 'open', array['lead'], 'Legal steps are mentioned.', null, interval '17 minutes'),
    (4893, 'resolution', 3, 'open', array['head', 'lead'], 'The target for a resolution is missed.', interval '-40 minutes', interval '25 minutes'),
    (4872, 'may_leave', 2, 'acknowledged', array['lead'], 'The customer threatens to leave.', null, interval '50 minutes'),
    (4820, 'next_reply', 1, 'acknowledged', array['Technical'], 'Half of the target for the next reply is used up.', interval '2 hours', interval '70 minutes')
) risk (place, cause, level, state, people, reason, due, since)
join seeded on seeded.number = place::text;
insert into escalations (id, helpdesk, number, cycle, cause, level, row_name, direction, state, people, reasons, due_at, opened_at,
                         acknowledge_by, acknowledged_at, acknowledged_by, acknowledged_how, ended_at, outcome, outcome_by, matrix_version, service_version)
select gen_random_uuid(), 'sandbox', number, 'c', (array['first_reply', 'next_reply', 'resolution'])[1 + number::int % 3], 1 + number::int % 2,
       'all others', 'functional', 'closed', '{lead}', '{"Three quarters of the target are used up."}', at + interval '3 hours',
       at + interval '2 hours', at + interval '3 hours', at + interval '130 minutes', 'jonas', 'assigned', at + interval '150 minutes',
       (array['prevented', 'prevented', 'prevented', 'neutral', 'missed'])[1 + number::int % 5], 'rule', 'm', 's'
from seeded where number::int % 60 = 0 and number::int < 4700;

update tickets set outcome = 'parked', reason = 'The helpdesk refused the change: the group Refunds does not exist (422).'
where helpdesk = 'sandbox' and number in ('4711', '4802');

insert into agents (helpdesk, id, name, roster, most_units, is_available, active_units)
select 'sandbox', id, name, roster::jsonb, (roster::jsonb ->> 'capacity')::int, there, load
from (values
    ('101', 'Mira Okafor', '{"skills":{"orders":5,"billing":3},"languages":["en","de"],"groups":["Orders"],"capacity":8,"zone":"Europe/Berlin","hours":"Mon-Fri 08:00-17:00"}', true, 5),
    ('102', 'Jonas Weiß', '{"skills":{"billing":5,"account":4},"languages":["de"],"groups":["Billing"],"capacity":6,"zone":"Europe/Berlin","hours":"Mon-Fri 09:00-18:00","absences":["2026-12-24..2026-12-31"]}', true, 6),
    ('103', 'Lea Brandt', '{"skills":{"technical":5,"account":3},"languages":["de","en"],"groups":["Technical"],"capacity":6}', true, 2),
    ('104', 'Tom Hale', '{"skills":{"technical":3,"orders":2},"languages":["en"],"groups":["Technical","Support"],"capacity":5}', false, 0),
    ('105', 'Ana Ruiz', '{"skills":{"orders":4,"sales":4},"languages":["en","es"],"groups":["Support"],"capacity":8}', true, 3)
) staff (id, name, roster, there, load);

analyze;
