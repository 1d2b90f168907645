// When a person has to look. docs/azure.md has a runbook entry for each of these by its name.
param token string
param location string
param tags object
param email string
param systemTopicName string
param workspaceName string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: systemTopicName
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'people-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'finetune'
    enabled: true
    emailReceivers: [{ name: 'people', emailAddress: email, useCommonAlertSchema: true }]
  }
}

var lostEvents = [
  { name: 'dead-letter', metric: 'DeadLetteredCount', description: 'A dataset was announced, the app did not take it, and the event lies in the container for dead letters.' }
  { name: 'dropped-event', metric: 'DroppedEventCount', description: 'A dataset was announced, and the event is gone: it could not even be kept as a dead letter.' }
]

resource onLostEvents 'Microsoft.Insights/metricAlerts@2018-03-01' = [for lost in lostEvents: {
  name: '${lost.name}-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: lost.description
    severity: 1
    enabled: true
    scopes: [topic.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: lost.metric
          metricName: lost.metric
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: empty(email) ? [] : [{ actionGroupId: people.id }]
  }
}]

// The words are those of the log messages in src/FineTune.Core and of the host; a test looks for them there.
var logAlerts = [
  {
    name: 'poison-queue'
    severity: 1
    description: 'A dataset could not even be started, five times over, and its message lies in the queue webjobs-blobtrigger-poison.'
    windowSize: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    query: '''
AppTraces
| where Message contains "webjobs-blobtrigger-poison"
'''
  }
  {
    name: 'needs-attention'
    severity: 1
    description: 'A run ended where going on alone could cost money twice, or the provider trains no more, or two jobs were made for one run, or a run is parked.'
    windowSize: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    query: '''
AppTraces
| where Message contains "ended: NeedsAttention" or Message contains "ended: ProviderClosed" or Message contains "cancelled the surplus job"
    or Message contains "is closed by the sweep" or Message contains "is parked, for today's code"
'''
  }
  {
    name: 'awaits-approval'
    severity: 3
    description: 'A run may cost more than it may spend by itself: somebody has to say yes or no. Once when it begins to wait, then at every reminder.'
    windowSize: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    query: '''
AppTraces
| where Message contains "waits for approval of"
'''
  }
  {
    name: 'no-news'
    severity: 3
    description: 'The provider answers, but has told nothing new of a job for long, or has not been reached for as long. The run goes on.'
    windowSize: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    query: '''
AppTraces
| where Message contains " is stalled: " or Message contains " is unreachable: "
'''
  }
  {
    name: 'stalled'
    severity: 2
    description: 'A job of the last two days is not over, and nobody has looked at one for an hour.'
    windowSize: 'P2D'
    operator: 'GreaterThan'
    threshold: 0
    query: '''
let created = AppTraces
| where Message contains "created job" or Message contains "adopted job"
| parse Message with * "Run " RunId ": " *
| distinct RunId;
let ended = AppTraces
| where Message contains "ended: "
| parse Message with * "Run " RunId " ended: " *
| distinct RunId;
let looks = toscalar(AppRequests | where TimeGenerated > ago(1h) and Success and Name has "ReadJob" | count);
created
| where RunId !in (ended) and looks == 0
'''
  }
  {
    name: 'silent'
    severity: 2
    description: 'No function has succeeded for an hour, not even the sweep: the app does not run, or its timers stand still.'
    windowSize: 'PT1H'
    operator: 'LessThan'
    threshold: 1
    query: '''
AppRequests
| where Success
'''
  }
]

resource onLogs 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in logAlerts: {
  name: '${alert.name}-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: alert.name
    description: alert.description
    severity: alert.severity
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT15M'
    windowSize: alert.windowSize
    skipQueryValidation: true // the tables come with the first log entry
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: alert.operator
          threshold: alert.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: empty(email) ? [] : [people.id] }
  }
}]
