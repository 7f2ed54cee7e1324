package io.bihuan.web;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;

/** Makes the controllers of pages and of the API when they are first asked: a start does not wait for them. Their routes are known. */
@Component
class LazyPages implements BeanFactoryPostProcessor {
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            if (beans.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
                    && definition.getMetadata().isAnnotated(Controller.class.getName())) {
                definition.setLazyInit(true);
            }
        }
    }
}
