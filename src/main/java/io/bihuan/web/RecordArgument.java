package io.bihuan.web;

import java.lang.reflect.Constructor;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers records {@link AsParameters}. */
class RecordArgument implements HandlerMethodArgumentResolver {
    private final Supplier<List<HandlerMethodArgumentResolver>> resolvers;

    /** @param resolvers all of them: a component may be whatever a parameter may be */
    RecordArgument(Supplier<List<HandlerMethodArgumentResolver>> resolvers) {
        this.resolvers = resolvers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().isAnnotationPresent(AsParameters.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws Exception {
        ResolvableType type = ResolvableType.forMethodParameter(parameter);
        Constructor<?> constructor = BeanUtils.getResolvableConstructor(type.toClass());
        // New each time: it remembers by the parameter of the constructor, which is the same for all forms.
        var each = new HandlerMethodArgumentResolverComposite().addResolvers(resolvers.get());
        var arguments = new @Nullable Object[constructor.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = each.resolveArgument(new Component(constructor, i, type), container, request, binders);
        }
        return BeanUtils.instantiateClass(constructor, arguments);
    }

    /** A parameter of a constructor whose type variables are known. */
    private static final class Component extends SynthesizingMethodParameter {
        private final Type type;

        Component(Constructor<?> constructor, int index, ResolvableType owner) {
            super(constructor, index);
            Type declared = constructor.getGenericParameterTypes()[index];
            this.type = declared instanceof TypeVariable<?>
                    ? ResolvableType.forType(declared, owner).toClass()
                    : declared;
            initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        }

        @Override
        public Class<?> getParameterType() {
            return ResolvableType.forType(type).toClass();
        }

        @Override
        public Type getGenericParameterType() {
            return type;
        }
    }
}
