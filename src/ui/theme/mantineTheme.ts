import {
  Button,
  type CSSVariablesResolver,
  type CheckboxProps,
  createTheme,
  Input,
  InputWrapper,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
  Popover,
  type VariantColorsResolver,
} from '@mantine/core'
import classes from './mantine.module.css'

/** Mantine wants ten shades of its primary colour; ours is one token and follows the theme. */
const WATER = Array.from({ length: 10 }, () => '#56b4e9') as unknown as MantineColorsTuple

/** Buttons say what they are by fill and border; a word is never coloured. */
const variantColorResolver: VariantColorsResolver = ({ variant }) =>
  variant === 'filled'
    ? {
        background: 'var(--water)',
        hover: 'var(--water)',
        color: 'var(--bg)',
        border: '1px solid var(--water)',
      }
    : {
        background: 'transparent',
        hover: 'var(--panel)',
        color: 'var(--ink)',
        border: variant === 'subtle' ? '1px solid transparent' : '1px solid var(--edge)',
      }

/** Menus and dialogs come in 120 ms; with reduced motion at once (`respectReducedMotion`). */
const transitionProps = { transition: 'fade', duration: 120 } as const

/**
 * Mantine's controls in our measures: 28 px high, radius 4, 12 px words. What the first screen does not
 * need is set up by its name alone: `extend` would load it.
 */
export const mantineTheme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font)' },
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '20px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 4,
  primaryColor: 'water',
  colors: { water: WATER },
  variantColorResolver,
  respectReducedMotion: true,
  cursorType: 'pointer',
  activeClassName: '',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', variant: 'default' },
      // 24 px high (`xs`) in dense rows, 28 elsewhere.
      vars: (_theme, { size }) => ({
        root: {
          '--button-height': size === 'xs' ? '24px' : '28px',
          '--button-padding-x': '10px',
          '--button-fz': '12px',
        },
      }),
      classNames: { root: classes.button!, section: classes.section!, label: classes.label! },
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      vars: () => ({
        wrapper: {
          '--input-height': '28px',
          '--input-size': '28px',
          '--input-fz': '12px',
          '--input-padding': '8px',
        },
      }),
      classNames: { input: classes.input! },
    }),
    InputWrapper: InputWrapper.extend({
      defaultProps: { size: 'sm' },
      classNames: {
        label: classes.inputLabel!,
        description: classes.inputDescription!,
        error: classes.inputError!,
      },
    }),
    Checkbox: {
      defaultProps: {
        size: 'xs',
        color: 'var(--water)',
        iconColor: 'var(--bg)',
      } satisfies CheckboxProps,
    },
    Popover: Popover.extend({
      defaultProps: { transitionProps, offset: 4 },
      classNames: { dropdown: classes.dropdown! },
    }),
    Menu: {
      defaultProps: { transitionProps, offset: 4 } satisfies MenuProps,
      classNames: {
        dropdown: classes.dropdown!,
        item: classes.menuItem!,
        itemSection: classes.menuSection!,
      },
    },
    Modal: {
      defaultProps: {
        transitionProps,
        overlayProps: { backgroundOpacity: 0.5, color: '#000' },
        padding: 20,
        closeButtonProps: { 'aria-label': 'Close' },
      } satisfies Partial<ModalProps>,
      classNames: {
        content: classes.dialog!,
        header: classes.dialogHeader!,
        title: classes.dialogTitle!,
      },
    },
  },
})

/** Mantine's own variables, said in our tokens, so that whatever part of it is used follows the theme. */
export const mantineVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--bg)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink3)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-placeholder': 'var(--ink3)',
    '--mantine-color-anchor': 'var(--water)',
    '--mantine-color-error': 'var(--ink)',
    '--mantine-color-default': 'transparent',
    '--mantine-color-default-hover': 'var(--panel)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-disabled': 'var(--panel)',
    '--mantine-color-disabled-color': 'var(--ink3)',
    '--mantine-color-disabled-border': 'var(--hair)',
    '--mantine-primary-color-filled': 'var(--water)',
    '--mantine-primary-color-filled-hover': 'var(--water)',
    '--mantine-primary-color-contrast': 'var(--bg)',
    '--mantine-color-water-filled': 'var(--water)',
    '--mantine-color-water-filled-hover': 'var(--water)',
    '--mantine-color-water-outline': 'var(--water)',
    '--mantine-color-water-text': 'var(--water)',
  },
  light: {
    '--mantine-color-white': 'var(--bg)',
    '--mantine-color-gray-0': 'var(--panel)',
    '--mantine-color-gray-1': 'var(--panel)',
    '--mantine-color-gray-2': 'var(--hair)',
    '--mantine-color-gray-3': 'var(--hair)',
    '--mantine-color-gray-4': 'var(--edge)',
    '--mantine-color-gray-5': 'var(--edge)',
    '--mantine-color-gray-6': 'var(--ink3)',
    '--mantine-color-gray-7': 'var(--ink2)',
  },
  dark: {
    '--mantine-color-white': 'var(--bg)',
    '--mantine-color-dark-0': 'var(--ink)',
    '--mantine-color-dark-1': 'var(--ink2)',
    '--mantine-color-dark-2': 'var(--ink3)',
    '--mantine-color-dark-3': 'var(--ink3)',
    '--mantine-color-dark-4': 'var(--hair)',
    '--mantine-color-dark-5': 'var(--hair)',
    '--mantine-color-dark-6': 'var(--raised)',
    '--mantine-color-dark-7': 'var(--bg)',
    '--mantine-color-dark-8': 'var(--panel)',
  },
})
