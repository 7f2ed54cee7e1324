package io.bihuan.compensation.web;

import io.bihuan.compensation.CompensationEvent;
import io.bihuan.compensation.Compensations;
import io.bihuan.compensation.Grant;
import io.bihuan.compensation.Status;
import io.bihuan.complaint.CasePart;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Dossier;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Money;
import io.bihuan.web.NavigationItem;
import io.bihuan.web.Texts;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What this module adds to the pages of others. */
@Configuration(proxyBeanMethods = false)
class CompensationParts {
    static final String PATH = "compensation";
    private static final String GROUP = "web.navigation.compensation";

    @Bean
    @Order(450)
    CasePart compensationCasePart(Compensations compensations) {
        return new CasePart() {
            @Override
            public List<Tab> tabs(Complaint complaint, SignedIn who) {
                return tabs(compensations.of(complaint.id()));
            }

            @Override
            public List<Glance> glances(Complaint complaint, SignedIn who, Texts t) {
                return glances(compensations.of(complaint.id()), t);
            }

            @Override
            public Front front(Dossier dossier, SignedIn who, Texts t) {
                List<Grant> all = dossier.mayHave(CompensationEvent.class)
                        ? compensations.of(dossier.complaint().id())
                        : List.of();
                return new Front(tabs(all), glances(all, t));
            }

            private static List<Tab> tabs(List<Grant> all) {
                int open = (int) all.stream().filter(Grant::isOpen).count();
                return List.of(new Tab("compensation.tab", PATH, "tag", open));
            }

            private static List<Glance> glances(List<Grant> all, Texts t) {
                List<Grant> grants = all.stream()
                        .filter(grant -> grant.status() != Status.VOID)
                        .toList();
                if (grants.isEmpty()) {
                    return List.of();
                }
                long waiting = grants.stream().filter(Grant::waitsForApproval).count();
                long open = grants.stream().filter(Grant::isOpen).count();
                String money = t.of(
                        "compensation.money",
                        Money.ofFen(grants.stream()
                                        .mapToLong(grant -> grant.amount().fen())
                                        .sum())
                                .yuan());
                String text = waiting > 0
                        ? t.of("compensation.glance.waiting", money, waiting)
                        : open > 0
                                ? t.of("compensation.glance.open", money, open)
                                : t.of("compensation.glance.done", money);
                return List.of(new Glance(
                        t.of("compensation.tab"), text, waiting > 0 ? "orange" : open > 0 ? "blue" : null, PATH));
            }
        };
    }

    @Bean
    NavigationItem compensationItem() {
        return new NavigationItem("compensation.figures.title", "/desk/compensation", "tag", 48).in(GROUP);
    }

    @Bean
    NavigationItem vouchersItem() {
        return new NavigationItem("compensation.vouchers.title", "/desk/vouchers", "check", 49).in(GROUP);
    }

    @Bean
    NavigationItem payoutsItem() {
        return new NavigationItem("compensation.payouts.title", "/desk/payouts", "download", 50).in(GROUP);
    }

    @Bean
    NavigationItem budgetsItem() {
        return new NavigationItem("compensation.budgets.title", "/desk/budgets", "list", 51).in(GROUP);
    }
}
