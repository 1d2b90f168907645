#!/bin/sh
# After a deployment: subscribes the app to the datasets' events. azd runs it and sets the variables; running it again renews the key.
# The key is never printed and never an argument: it goes through a file that only this user can read and that is deleted at the end.
set -eu
umask 077

function_name=StartFromEvent
folder=$(cd "$(dirname "$0")" && pwd)
parameters=$(mktemp)
trap 'rm -f "$parameters"' EXIT
trap 'exit 1' HUP INT TERM

# The host makes the key when it first loads the blob extension, which may be a while after the deployment.
attempt=1
while :; do
  key=$(az functionapp keys list --name "$FUNCTION_APP_NAME" --resource-group "$AZURE_RESOURCE_GROUP" --query systemKeys.blobs_extension --output tsv 2>/dev/null || true)
  [ -z "$key" ] || break
  if [ "$attempt" -ge 30 ]; then
    echo "The app $FUNCTION_APP_NAME has no system key blobs_extension after 5 minutes: its host does not start. Look at its log, then run $0 again." >&2
    exit 1
  fi
  attempt=$((attempt + 1))
  sleep 10
done

cat > "$parameters" <<JSON
{
  "\$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "systemTopicName": { "value": "$SYSTEM_TOPIC_NAME" },
    "storageName": { "value": "$DATASET_STORAGE_NAME" },
    "datasetContainer": { "value": "$DATASET_CONTAINER" },
    "deadLetterContainer": { "value": "$DEAD_LETTER_CONTAINER" },
    "identityName": { "value": "$EVENTS_IDENTITY_NAME" },
    "functionName": { "value": "$function_name" },
    "functionAppUrl": { "value": "$FUNCTION_APP_URL" },
    "blobsExtensionKey": { "value": "$key" }
  }
}
JSON

az deployment group create --name event-subscription --resource-group "$AZURE_RESOURCE_GROUP" \
  --template-file "$folder/../event-subscription.bicep" --parameters "@$parameters" --output none
echo "Subscribed: datasets dropped into $DATASET_STORAGE_NAME/$DATASET_CONTAINER start runs."
