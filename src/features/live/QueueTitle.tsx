import { Menu } from '@mantine/core'
import type { Metric } from '#domain/metrics/metric.ts'
import {
  isSameQueueChoice,
  type NamedQueueChoice,
  queueChartTitle,
  type QueueChoice,
  queueChoicesIn,
  queueMetricId,
} from '#domain/metrics/queueChoice.ts'
import classes from './QueueTitle.module.css'

type Props = {
  metrics: readonly Metric[]
  choice: QueueChoice
  onChoose: (choice: QueueChoice) => void
}

/** The name of the queue chart, and the way to another: all media, one of them, or one queue. */
export function QueueTitle({ metrics, choice, onChoose }: Props) {
  const title = queueChartTitle(choice, metrics)
  const choices = queueChoicesIn(metrics)
  const queues = choices.filter((one) => one.choice.kind === 'queue')
  const item = (one: NamedQueueChoice) => (
    <ChoiceItem
      key={queueMetricId('waiting', one.choice)}
      name={one.name ?? 'All media'}
      isChosen={isSameQueueChoice(one.choice, choice)}
      onChoose={() => onChoose(one.choice)}
    />
  )
  return (
    <Menu position="top-start" classNames={{ dropdown: classes.dropdown! }}>
      <Menu.Target>
        <button type="button" className={classes.target} title={title}>
          {title}
          <svg width="8" height="8" aria-hidden="true">
            <path d="M1 2.5 4 5.5 7 2.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
          </svg>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.filter((one) => one.choice.kind !== 'queue').map(item)}
        {queues.length > 0 ? (
          <>
            <Menu.Divider />
            {queues.map(item)}
          </>
        ) : (
          <Menu.Label className={classes.hint}>
            Single queues are chosen in the settings.
          </Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

type ItemProps = { name: string; isChosen: boolean; onChoose: () => void }

const ChoiceItem = ({ name, isChosen, onChoose }: ItemProps) => (
  <Menu.Item
    aria-current={isChosen}
    onClick={onChoose}
    leftSection={
      <svg width="10" height="10" aria-hidden="true">
        {isChosen ? (
          <path d="M1 5.5 4 8.5 9 2" fill="none" stroke="currentColor" strokeWidth="1.6" />
        ) : null}
      </svg>
    }
  >
    {name}
  </Menu.Item>
)
