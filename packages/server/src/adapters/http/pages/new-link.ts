export const newLink = "Type /msteams connect in Mattermost to get a new link.";
