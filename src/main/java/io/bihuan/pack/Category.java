package io.bihuan.pack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a complaint is about. Department, severity and the safety mark are inherited from the parent where the file is silent.
 *
 * @param parent the parent's code, null at the top
 * @param severity the severity when no rule says otherwise
 * @param safety whether people or homes may be in danger
 * @param keywords words of customers that speak for this category
 */
public record Category(
        String code,
        @Nullable String parent,
        Label label,
        String department,
        Severity severity,
        boolean safety,
        List<String> keywords,
        List<Category> children) {
    public boolean isLeaf() {
        return children.isEmpty();
    }
}
