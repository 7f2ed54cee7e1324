package io.bihuan.standard;

import io.bihuan.pack.PackPart;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the parts of a pack that say how a complaint is handled. */
@Configuration(proxyBeanMethods = false)
public class StandardParts {
    @Bean
    public PackPart<Playbooks> playbooksPart() {
        return PackPart.of("playbooks", Playbooks.class, Playbooks::read);
    }

    @Bean
    public PackPart<Standards> standardsPart() {
        return PackPart.of("standards", Standards.class, Standards::read);
    }

    @Bean
    public PackPart<CompensationMatrix> compensationPart() {
        return PackPart.of("compensation", CompensationMatrix.class, CompensationMatrix::read);
    }

    @Bean
    public PackPart<Approvals> approvalsPart() {
        return PackPart.optional("approvals", Approvals.class, Approvals::read);
    }

    @Bean
    public PackPart<Letters> lettersPart() {
        return PackPart.of("letters", Letters.class, Letters::read);
    }

    @Bean
    public PackPart<Targets> targetsPart() {
        return PackPart.of("targets", Targets.class, Targets::read);
    }

    @Bean
    public PackPart<Reopening> reopeningPart() {
        return PackPart.optional("reopening", Reopening.class, Reopening::read);
    }

    @Bean
    public PackPart<Retention> retentionPart() {
        return PackPart.optional("retention", Retention.class, Retention::read);
    }
}
