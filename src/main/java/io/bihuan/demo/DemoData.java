package io.bihuan.demo;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Registration;
import io.bihuan.complaint.Worklist;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Notice;
import io.bihuan.correspondence.Saying;
import io.bihuan.identity.Post;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.WhenServing;
import io.bihuan.privacy.Personal;
import io.bihuan.triage.Facts;
import io.bihuan.triage.Proposal;
import io.bihuan.triage.Triage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills an empty database with a company of twelve people and fifty complaints of the last ninety days, the newest of them still
 * open. Does nothing where there is a complaint already. Every case is one transaction and goes through the same commands as a
 * real one, at the times at which it would have happened.
 */
@Component
@Profile("demo")
@WhenServing
@Order(100)
class DemoData implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(DemoData.class);
    private static final String LINE = "appliance";
    private static final Duration SPAN = Duration.ofDays(90);
    /** The open cases, counted from the newest, in which more than the five stages happens. */
    private static final int APPRAISED_CASE = 7;

    private static final int EXTENDED_CASE = 8;

    /** The one in which everything happens. */
    private static final int STORY_CASE = 1;

    private static final Duration STORY_AGE = Duration.ofMinutes(6 * 60 + 20);

    /** What happens to the clocks of a case. */
    private enum Turn {
        NONE,
        APPRAISED,
        EXTENDED
    }

    private final Complaints complaints;
    private final Correspondence correspondence;
    private final Worklist worklist;
    private final Staff staff;
    private final Packs packs;
    private final Triage triage;
    private final FeeStory story;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private final String password;
    private final Random random = new Random(20261122);

    DemoData(
            Complaints complaints,
            Correspondence correspondence,
            Worklist worklist,
            Staff staff,
            Packs packs,
            Triage triage,
            FeeStory story,
            InstantSource time,
            TransactionTemplate transaction,
            @Value("${bihuan.demo.password:bihuan-demo-2026}") String password) {
        this.complaints = complaints;
        this.correspondence = correspondence;
        this.worklist = worklist;
        this.staff = staff;
        this.packs = packs;
        this.triage = triage;
        this.story = story;
        this.time = time;
        this.transaction = transaction;
        this.password = password;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        var everything =
                new Worklist.Filter(Worklist.State.ALL, null, null, null, null, null, null, null, null, null, false);
        if (!worklist.page(everything, null, 1).rows().isEmpty()) {
            return;
        }
        Company company = company();
        List<CSVRecord> cases = cases();
        FeeStory.Papers papers = story.papers();
        Instant now = time.instant();
        for (int i = 0; i < cases.size(); i++) {
            // The first cases are the oldest; the last ones lie within the last two days and are still being worked on.
            int before = cases.size() - 1 - i;
            Duration age = before < 12
                    ? Duration.ofMinutes(9 + (long) before * before * 18)
                    : SPAN.multipliedBy(before).dividedBy(cases.size()).plusHours(random.nextInt(20));
            CSVRecord each = cases.get(i);
            if (before == STORY_CASE) {
                transaction.executeWithoutResult(
                        status -> new Case(each, company, now.minus(STORY_AGE), now).story(papers));
                continue;
            }
            int progress = before < 12 ? 5 - Math.min(5, (12 - before) / 2) : 9;
            Turn turn = before == APPRAISED_CASE ? Turn.APPRAISED : before == EXTENDED_CASE ? Turn.EXTENDED : Turn.NONE;
            transaction.executeWithoutResult(
                    status -> new Case(each, company, now.minus(age), now).work(progress, turn));
        }
        log.info("Demo data: {} complaints; everybody's password is that of bihuan.demo.password", cases.size());
    }

    private static List<CSVRecord> cases() throws IOException {
        try (var reader = new InputStreamReader(
                        new ClassPathResource("demo/complaints.csv").getInputStream(), StandardCharsets.UTF_8);
                var parser = CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(reader)) {
            return parser.getRecords();
        }
    }

    private record Company(List<UUID> agents, Map<String, UUID> handlers, UUID lead) {
        UUID handler(String department) {
            return handlers.getOrDefault(department, agents.getFirst());
        }
    }

    private Company company() {
        UUID fang = person(
                "fang.yuan",
                StaffDetails.of("方远", "customer-service", Role.MANAGER).holding(Post.DECISION_LEVEL));
        UUID lin = agent("lin.xiaoyu", "林晓雨", fang);
        UUID zhou = agent("zhou.ming", "周明", fang);
        UUID he = person(
                "he.jing",
                StaffDetails.of("何静", "customer-service", Role.AGENT)
                        .ledBy(fang)
                        .holding(Post.CARE_GROUP));
        var handlers = Map.of(
                "technical-support", head("tang.wei", "唐伟", "technical-support", Role.HANDLER),
                "parts", head("gao.feng", "高峰", "parts", Role.HANDLER),
                "outlets", head("shen.li", "沈丽", "outlets", Role.HANDLER),
                "customer-relations", head("yu.hong", "于红", "customer-relations", Role.HANDLER),
                "finance", head("mo.qian", "莫倩", "finance", Role.HANDLER),
                "quality", head("qin.chao", "秦超", "quality", Role.HANDLER, Role.QUALITY),
                "logistics", head("luo.bin", "罗斌", "logistics", Role.HANDLER));
        // Large amounts need two who decide.
        person("zheng.hai", StaffDetails.of("郑海", "customer-service", Role.MANAGER));
        person("bai.ru", StaffDetails.of("白茹", null, Role.AUDITOR));
        return new Company(List.of(lin, zhou, he), handlers, fang);
    }

    private UUID agent(String login, String name, UUID lead) {
        return person(
                login, StaffDetails.of(name, "customer-service", Role.AGENT).ledBy(lead));
    }

    private UUID head(String login, String name, String department, Role... roles) {
        return person(login, StaffDetails.of(name, department, roles).holding(Post.DEPARTMENT_HEAD));
    }

    private UUID person(String login, StaffDetails details) {
        return staff.create(login, password, false, details);
    }

    /** One complaint and the time that passes in it. */
    private final class Case implements InstantSource {
        private final CSVRecord text;
        private final Company company;
        private final Instant end;
        private final Complaints past;
        private final Correspondence said;
        private Instant now;

        Case(CSVRecord text, Company company, Instant received, Instant end) {
            this.text = text;
            this.company = company;
            this.now = received;
            this.end = end;
            this.past = complaints.at(this);
            this.said = correspondence.at(this);
        }

        @Override
        public Instant instant() {
            return now;
        }

        private void pass(int leastMinutes, int mostMinutes) {
            Instant next = now.plus(Duration.ofMinutes(leastMinutes + random.nextInt(mostMinutes - leastMinutes + 1)));
            now = next.isAfter(end) ? end : next;
        }

        /** Takes it up to where its investigation begins, and lets everything happen from there. */
        void story(FeeStory.Papers papers) {
            Started started = start(2, true);
            story.tell(
                    started.complaint(),
                    new FeeStory.People(
                            started.agent(), company.handler("finance"), company.handler("quality"), company.lead()),
                    papers,
                    now,
                    end);
        }

        private record Started(Complaint complaint, UUID agent, UUID handler) {}

        /** Takes it up to so many steps further than its registration. */
        void work(int progress, Turn turn) {
            Started started = start(progress, false);
            Complaint complaint = started.complaint();
            UUID agent = started.agent();
            UUID handler = started.handler();
            String measures = text.get("measures");
            step(
                    progress,
                    3,
                    complaint,
                    new Command.Verify(Finding.SUBSTANTIATED, text.get("finding")),
                    handler,
                    20,
                    120);
            spoken(progress, 3, complaint, Notice.FINDINGS, "我们核实到：" + text.get("finding"), agent, 5, 40);
            turn(complaint, turn, handler);
            spoken(progress, 4, complaint, Notice.SOLUTION, "处理方案是：" + measures, agent, 10, 60);
            step(progress, 4, complaint, new Command.Solve(Outcome.ACCEPTED, measures, null), handler, 40, 240);
            step(progress, 5, complaint, new Command.TellResult(Contact.PHONE, "您好，处理结果如下：" + measures), agent, 10, 70);
            step(
                    progress,
                    6,
                    complaint,
                    new Command.Confirm(random.nextBoolean() ? "处理得很及时，谢谢。" : null, 3 + random.nextInt(3)),
                    null,
                    60,
                    900);
            step(progress, 7, complaint, new Command.Archive(text.get("finding")), agent, 30, 600);
        }

        private Started start(int progress, boolean hasFactors) {
            Pack pack = packs.of(LINE);
            String title = text.get("title");
            String content = text.get("content");
            Proposal proposal =
                    triage.assess(pack, new Facts(Kind.COMPLAINT, text.get("category"), title + "\n" + content));
            var channel = Channel.valueOf(text.get("channel"));
            boolean byAgent = channel == Channel.HOTLINE || channel == Channel.COMMUNITY || channel == Channel.ONSITE;
            UUID agent = company.agents().get(random.nextInt(company.agents().size()));
            Complaint complaint = past.register(
                    new Registration(
                            LINE,
                            channel,
                            Kind.COMPLAINT,
                            text.get("category"),
                            proposal.severity(),
                            proposal.priority(),
                            proposal.department(),
                            1,
                            Personal.of(title),
                            Personal.of(content),
                            new Customer(Personal.of(text.get("name")), Personal.of("+86" + text.get("phone")), null),
                            Map.of(
                                    "productType", Personal.of(text.get("product")),
                                    "brand", Personal.of("启明"),
                                    "model", Personal.of(text.get("model"))),
                            text.get("remedy"),
                            null,
                            null,
                            now.minus(Duration.ofHours(3)),
                            now,
                            true,
                            agent,
                            byAgent,
                            List.of(),
                            null),
                    byAgent ? Actor.staff(agent) : Actor.CUSTOMER);
            UUID handler = company.handler(proposal.department());
            step(progress, 1, complaint, byAgent ? null : new Command.ConfirmOwnership(agent), agent, 3, 14);
            step(
                    progress,
                    2,
                    complaint,
                    new Command.Assess(
                            Kind.COMPLAINT,
                            text.get("category"),
                            proposal.severity(),
                            proposal.priority(),
                            proposal.department(),
                            handler,
                            null,
                            hasFactors ? proposal.factors() : null),
                    agent,
                    4,
                    20);
            spoken(progress, 2, complaint, Notice.ACCEPTED, "您的投诉由我负责到底，今天给您回复进展。", agent, 5, 25);
            return new Started(complaint, agent, handler);
        }

        /** The customer hears of the progress on the phone. */
        private void spoken(
                int progress,
                int number,
                Complaint complaint,
                Notice notice,
                String words,
                UUID person,
                int least,
                int most) {
            if (progress >= number) {
                pass(least, most);
                said.spoken(
                        complaint.number(),
                        new Saying(
                                notice.purpose(), notice, complaint.id(), Locale.CHINESE, null, null, Map.of(), words),
                        Contact.PHONE,
                        Actor.staff(person));
            }
        }

        private void turn(Complaint complaint, Turn turn, UUID handler) {
            pass(10, 30);
            switch (turn) {
                case NONE -> {}
                case APPRAISED ->
                    past.perform(
                            complaint.number(),
                            null,
                            new Command.PauseClocks("APPRAISAL", "压缩机已送厂家鉴定，预计三天内出结果。", Contact.PHONE),
                            Actor.staff(handler));
                case EXTENDED ->
                    past.perform(
                            complaint.number(),
                            null,
                            new Command.ExtendClock("solve", "THIRD_PARTY", "配件需从外地调货，已与客户说明。", Contact.PHONE),
                            Actor.staff(company.lead()));
            }
        }

        private void step(
                int progress,
                int number,
                Complaint complaint,
                @Nullable Command command,
                @Nullable UUID person,
                int least,
                int most) {
            if (progress < number || command == null) {
                return;
            }
            pass(least, most);
            past.perform(complaint.number(), null, command, person == null ? Actor.CUSTOMER : Actor.staff(person));
        }
    }
}
