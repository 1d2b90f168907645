# After a deployment: subscribes the app to the datasets' events. azd runs it and sets the variables; running it again renews the key.
# The key is never printed and never an argument: it goes through a file in this user's temporary folder that is deleted at the end.
$ErrorActionPreference = 'Stop'

$functionName = 'StartFromEvent'
$parameters = New-TemporaryFile

try {
    # The host makes the key when it first loads the blob extension, which may be a while after the deployment.
    $key = $null
    for ($attempt = 1; -not $key -and $attempt -le 30; $attempt++) {
        if ($attempt -gt 1) { Start-Sleep -Seconds 10 }
        $key = az functionapp keys list --name $env:FUNCTION_APP_NAME --resource-group $env:AZURE_RESOURCE_GROUP --query systemKeys.blobs_extension --output tsv 2>$null
    }
    if (-not $key) {
        throw "The app $env:FUNCTION_APP_NAME has no system key blobs_extension after 5 minutes: its host does not start. Look at its log, then run $PSCommandPath again."
    }

    @{
        '$schema'      = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#'
        contentVersion = '1.0.0.0'
        parameters     = @{
            systemTopicName     = @{ value = $env:SYSTEM_TOPIC_NAME }
            storageName         = @{ value = $env:DATASET_STORAGE_NAME }
            datasetContainer    = @{ value = $env:DATASET_CONTAINER }
            deadLetterContainer = @{ value = $env:DEAD_LETTER_CONTAINER }
            identityName        = @{ value = $env:EVENTS_IDENTITY_NAME }
            functionName        = @{ value = $functionName }
            functionAppUrl      = @{ value = $env:FUNCTION_APP_URL }
            blobsExtensionKey   = @{ value = $key }
        }
    } | ConvertTo-Json -Depth 4 | Set-Content -Path $parameters

    az deployment group create --name event-subscription --resource-group $env:AZURE_RESOURCE_GROUP `
        --template-file (Join-Path $PSScriptRoot '../event-subscription.bicep') --parameters "@$parameters" --output none
    if ($LASTEXITCODE -ne 0) { throw 'Azure refused the event subscription; its message is above.' }
    Write-Output "Subscribed: datasets dropped into $env:DATASET_STORAGE_NAME/$env:DATASET_CONTAINER start runs."
}
finally {
    Remove-Item -Path $parameters -Force
}
